# By the name of the instance. The next plan shows the removals.
terraform import domo_api_clients_exclusive.acme acme
