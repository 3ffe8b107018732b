"""The same work in nncli and in its peers, measured side by side."""
