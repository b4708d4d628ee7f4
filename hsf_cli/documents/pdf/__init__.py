"""Documents as PDF, by the templates beside the modules."""
