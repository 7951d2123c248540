"""Second floor: what people do, one function per verb. No requests, no pages, no commits."""
