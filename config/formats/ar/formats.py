"""Western digits with their signs, as most Arabic news and the UN's tables print them."""

DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
