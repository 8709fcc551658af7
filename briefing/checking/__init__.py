"""The one gate: is a written sentence borne out by the sentences it cites, and is it in a plain voice?"""
