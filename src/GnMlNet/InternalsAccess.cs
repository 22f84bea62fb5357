// ML.NET keeps the bases of its trainers and models internal. This assembly compiles against copies in which they are visible,
// and asks the runtime, assembly by assembly, not to check access to them.
using System.Runtime.CompilerServices;
using GnMlNet;
using Microsoft.ML;

[assembly: IgnoresAccessChecksTo("Microsoft.ML.Core")]
[assembly: IgnoresAccessChecksTo("Microsoft.ML.Data")]
[assembly: IgnoresAccessChecksTo("Microsoft.ML.Transforms")]
[assembly: LoadableClass(
    typeof(GaussNewtonRegressionModelParameters),
    null,
    typeof(SignatureLoadModel),
    "Gauss-Newton regression",
    GaussNewtonRegressionModelParameters.LoaderSignature)]
