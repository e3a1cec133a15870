"""A stand-in for Telegram's Bot API server: a bot process talks to it over HTTP, a test plays its users.

It is as strict as the real server (limits, error texts, entities, privacy mode, poll rules), keeps
everything in memory and takes its time from a clock that a test may set forward.

Starting it::

    from tests.standin.client import Standin

    async with Standin.running() as telegram: ...      # in this event loop, on a free port
    async with Standin.process() as telegram: ...      # the same as a process of its own
    telegram = Standin("http://127.0.0.1:8081")        # one that runs already; await telegram.close()

``python -m tests.standin --port 0`` prints its address, ``http://127.0.0.1:PORT``, as its first line.
The bot under test needs ``TELEGRAM_API_URL=telegram.url`` and ``TELEGRAM_TOKEN=telegram.token``; with
python-telegram-bot alone: ``base_url=telegram.base_url``, ``base_file_url=telegram.base_file_url``.

Users and chats (all plain handles; a chat may be given as its handle or its number everywhere)::

    ann = await telegram.user("安安", username="ann", language_code="zh-hans", started=False)
    await ann.start("payload")                          # /start payload in the private chat
    await ann.tell("三级联创是什么")                     # a text in the private chat, = ann.say(ann.chat, …)
    group = await telegram.group("学习小组", members=[ann], admins=[bo], bot="member")
    group = await telegram.supergroup(…);  forum = await telegram.forum("论坛", topics=["答题"], …)
    channel = await telegram.channel("频道", admins=[bo], bot="administrator", username="news")
    thread = forum.topics["答题"]                        # a message_thread_id; await forum.topic("新话题")
    await group.add(user, status="member")              # or administrator, creator, restricted, left, kicked
    await group.add_bot(by=ann, status="member");  await group.kick_bot(by=ann)
    await group.permit("can_send_polls", allowed=False)  # what members may do, the bot too unless it is an admin
    await forum.delete_topic("答题")
    await group.post("…")                               # channels: a post in the channel's own name
    await group.messages();  await group.last()         # all messages / the newest; with text, buttons, edits
    await ann.block();  await ann.unblock()

What users do; each returns a handle whose ``mark`` is the number of bot calls made before it::

    message = await ann.say(group, "/ask@standin_bot 就业", reply_to=other, thread=thread)
    await ann.edit(message, "…");  await ann.sticker(group);  await ann.forward(message, group)
    await ann.document(group, "a.yaml", b"…", caption="…", size=50_000_000, album="one", reply_to=other)
    press = await ann.press(bot_message, "上下文")       # a button's text, or data="…"; must be on it now
    press.answer                                        # CallbackAnswer(text, show_alert, url) or None
    found = await ann.inline("就业")                     # found.results: what the bot answered
    await ann.choose(found, 0, group)                   # send that result into a chat, via the bot
    await ann.vote(poll_message, 0)                     # numbers or texts; anonymous=True votes as the chat
    await ann.retract(poll_message)
    await ann.press_stale(bot_message, "data")          # a button the message has no longer, or a forged press
    await ann.react(message, "👍")

What the bot did; ``after`` is a mark, or anything that has one (a message, a press, a call)::

    call = await telegram.wait_for("sendMessage", chat_id=group, after=message, timeout=5)
    call.method, call.params, call.ok, call.status, call.result, call.error, call.time, call.message
    reply = await telegram.reply(message)               # the bot's next message in that chat, of any kind
    reply = await ann.ask(group, "…")                   # say and reply in one
    await telegram.calls("sendMessage", chat_id=group, after=mark);  await telegram.mark()
    await telegram.download(call.message)               # the bytes of a document or photo
    await telegram.quiet(after=message, seconds=0.3)    # waits for silence; the calls since, getUpdates apart
    await telegram.message(chat, message_id)            # as it is now: text, html, buttons, poll, edits
    await telegram.now(message)                         # the same for a message at hand
    await telegram.commands(scope="default", language_code="")
    await telegram.pending();  await telegram.webhook()

Time, faults and switches::

    await telegram.advance(30)                          # sets the clock forward; closes polls that are due
    await telegram.fault("sendMessage", "429", times=2, retry_after=1)
    #   kinds: "400" "500" "502" "429" "not_json" "drop" "hang" (seconds=…); method "*" is any but getUpdates;
    #   carried_out=True: the server acts, only its answer is lost; method "download" is the fetching of a file
    await telegram.struck("sendMessage")                # all its faults struck; a hanging call is in the journal later
    await telegram.configure(privacy=True, mention_delivery=False, flood=False, inline=True)
    await telegram.reset()                              # forgets all but what the bot set up (menu, webhook)

``tests.standin.bots.connected_bot(telegram)`` is python-telegram-bot's Bot at the stand-in;
``tests.standin.receiver`` takes webhook posts.

A refusal of the user's side (a button that is not there, a vote in a closed poll) raises
``tests.standin.client.Refused``; a ``wait_for`` that times out raises ``TimeoutError`` with the calls made.
"""
