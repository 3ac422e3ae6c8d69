"""Players who err: quantal responses and levels of reasoning."""
