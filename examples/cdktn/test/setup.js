// Adds the matchers, such as toHaveResourceWithProperties.
require('cdktn').Testing.setupJest();
