"""offer_screen inside other libraries: scikit-learn estimators, a spaCy component.

Each module needs its library, and nothing else imports it.
"""
