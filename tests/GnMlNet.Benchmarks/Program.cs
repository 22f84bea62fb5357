using BenchmarkDotNet.Running;
using GnMlNet.Benchmarks;
using GnMlNet.Benchmarks.Arb;

if (args is ["arb", ..]) ArbComparison.Run(args[1..]);
else BenchmarkSwitcher.FromAssembly(typeof(GramBenchmarks).Assembly).Run(args);
