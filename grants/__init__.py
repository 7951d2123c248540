"""P37: state grants for municipalities' readiness to receive newly arrived people (37 § förordningen 2010:1122)."""
