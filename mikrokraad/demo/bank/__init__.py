"""A simulated bank: transfers for open invoices, told in a camt.053 statement."""
