"""How an answer looks, in English and Chinese."""
