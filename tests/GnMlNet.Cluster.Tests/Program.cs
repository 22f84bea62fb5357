using GnMlNet.Cluster.Tests;

return await TestSilo.Run(args);
