using System.Runtime.InteropServices;

namespace GnMlNet.Cli.Internals;

/// <summary>The system's OpenBLAS, if there is one, on one thread: the rival of the structured algebra. Matrices are column-major, as in Fortran.</summary>
internal sealed class OpenBlas
{
    private static readonly string[] Names = ["libopenblas.so.0", "libopenblas.so", "libopenblas.dylib", "/opt/homebrew/opt/openblas/lib/libopenblas.dylib", "libopenblas.dll", "openblas.dll"];

    private readonly Syrk _syrk;
    private readonly Potrf _factor;
    private readonly Potrs _solve;

    private OpenBlas(nint library)
    {
        T Import<T>(string name) => Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(library, name));
        _syrk = Import<Syrk>("dsyrk_");
        _factor = Import<Potrf>("dpotrf_");
        _solve = Import<Potrs>("dpotrs_");
        Import<SetThreads>("openblas_set_num_threads")(1);
        nint configuration = Import<Configuration>("openblas_get_config")();
        Version = Marshal.PtrToStringAnsi(configuration) ?? "OpenBLAS";
    }

    private delegate void Syrk(in byte triangle, in byte transposed, in int order, in int inner, in double alpha, double[] a, in int strideA, in double beta, double[] c, in int strideC);

    private delegate void Potrf(in byte triangle, in int order, double[] a, in int stride, out int info);

    private delegate void Potrs(in byte triangle, in int order, in int columns, double[] a, in int strideA, double[] b, in int strideB, out int info);

    private delegate void SetThreads(int count);

    private delegate nint Configuration();

    /// <summary>What the library says about itself.</summary>
    internal string Version { get; }

    /// <summary>Loads the library.</summary>
    /// <returns>Null where there is none.</returns>
    internal static OpenBlas? TryLoad()
    {
        foreach (string name in Names)
        {
            if (!NativeLibrary.TryLoad(name, out nint library)) continue;
            if (NativeLibrary.TryGetExport(library, "dpotrf_", out _) && NativeLibrary.TryGetExport(library, "openblas_set_num_threads", out _)) return new OpenBlas(library);
            NativeLibrary.Free(library);
        }

        return null;
    }

    /// <summary>C := A^T A + beta C in the lower triangle; A has <paramref name="rows"/> rows and <paramref name="columns"/> columns.</summary>
    internal void AddGram(double[] a, int rows, int columns, double beta, double[] c) => _syrk((byte)'L', (byte)'T', columns, rows, 1, a, rows, beta, c, columns);

    /// <summary>C := A A^T in the lower triangle.</summary>
    internal void Kernel(double[] a, int rows, int columns, double[] c) => _syrk((byte)'L', (byte)'N', rows, columns, 1, a, rows, 0, c, rows);

    /// <summary>Overwrites the lower triangle of A with its Cholesky factor.</summary>
    internal bool TryFactor(double[] a, int order)
    {
        _factor((byte)'L', order, a, order, out int info);
        return info == 0;
    }

    /// <summary>Overwrites b with the solution.</summary>
    internal void Solve(double[] factor, int order, double[] b) => _solve((byte)'L', order, 1, factor, order, b, order, out _);
}
