"""scikit-learn, where its MLP can do the work: no dropout, pictures or series."""
