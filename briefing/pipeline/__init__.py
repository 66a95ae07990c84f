"""What happens, a stage a file: each takes one domain type and gives the next."""
