"""Charts: arrays and words in, a drawing (SVG with real text) and its data table out; one kind per module.

Every drawing names and describes itself, takes its colours from the page's variables (light, dark, print), and says
by text or shape whatever it says by colour. Nothing here reads a file or knows an evaluation.
"""
