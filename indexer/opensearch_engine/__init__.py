"""OpenSearch as the second engine: our tokens, our clauses, its postings."""
