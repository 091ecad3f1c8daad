"""An organisation of four PCs with real keys, services and files: headquarters, two plants, a plant's second PC."""
