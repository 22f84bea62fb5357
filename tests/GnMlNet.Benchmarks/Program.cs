using BenchmarkDotNet.Running;
using GnMlNet.Benchmarks;

BenchmarkSwitcher.FromAssembly(typeof(GramBenchmarks).Assembly).Run(args);
