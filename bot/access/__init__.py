"""Who may do what, and how much.

``roles``
    the role of a person: owners from the settings, editors and hosts from the store
``members``, ``member_names``
    keys of members as people write and read them; display names, saved and looked up
``quotas``
    how much is stored of visitors, which refusals are audited; counted in memory
``secret``
    the secret that signs links and cookies and hides who asked
"""
