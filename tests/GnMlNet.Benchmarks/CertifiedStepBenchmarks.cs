using BenchmarkDotNet.Attributes;
using GnMlNet.Core.Data;
using GnMlNet.Core.Dynamics;
using GnMlNet.Core.Traces;
using GnMlNet.Reference.Certificates;
using GnMlNet.Reference.CrossChecks;
using GnMlNet.Reference.Traces;

namespace GnMlNet.Benchmarks;

/// <summary>
/// One certified Gauss-Newton direction at the size of the paper's instance, 256 rows, 8 inputs and 18 units (p = 144), everything included: tanh, Gram matrix, smallest
/// eigenvalue, solution and the bound of its distance from the recorded direction.
/// </summary>
public class CertifiedStepBenchmarks
{
    private readonly RecordedRun _run = Record();

    [Params(128, 256)]
    public int Bits { get; set; }

    [Benchmark]
    public StepCertificate? Certify() => new CrossCheck(_run, Bits).Certify(1);

    private static RecordedRun Record()
    {
        double[][] inputs = BenchmarkData.Rows(256, 8);
        var rows = new RegressionData(8);
        foreach (double[] x in inputs) rows.Add([.. x.Select(entry => 1.7 * entry)], Math.Sin(3 * x[0]) + (x[1] * x[2]), 1);
        using var stream = new MemoryStream();
        using (var trace = new TraceWriter(stream))
        {
            var flow = new FlowOptions { ScalingFactor = 8, Duration = 0.01 };
            FlowTraining.Train(rows, new FlowTrainingOptions { Run = new() { HiddenUnits = 18, Seed = 1 }, Flow = flow }, new FlowControl { Recorder = trace });
        }

        return TraceReader.Read(System.Text.Encoding.UTF8.GetString(stream.ToArray()).Split('\n'), "benchmark");
    }
}
