"""How ferqt's models are made: data in, a model folder with card, figures and plots out."""
