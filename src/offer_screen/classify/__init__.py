"""Stage ``classify``: what kind of text it is, and how its words speak for or against a scam.

``kinds`` sums the cues that analysts wrote. ``linear`` scores a text with the small model of
``model``, over the features of ``features``; that model is trained by ``offer_screen.training``.
"""
