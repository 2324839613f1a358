"""Between the socket and the application: workers, threads, limits, and what is told of each request."""
