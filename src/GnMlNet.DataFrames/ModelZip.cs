using Microsoft.ML;

namespace GnMlNet.DataFrames;

/// <summary>Model files of ML.NET.</summary>
internal static class ModelZip
{
    /// <exception cref="InvalidDataException">The file is no model.</exception>
    internal static (MLContext Context, ITransformer Pipeline, DataViewSchema? Schema) Load(string path)
    {
        var context = new MLContext(seed: 0);
        try
        {
            ITransformer pipeline = context.Model.Load(path, out DataViewSchema? schema);
            return (context, pipeline, schema);
        }
        catch (Exception error) when (error is not (OperationCanceledException or IOException or UnauthorizedAccessException))
        {
            // Whatever goes wrong here is the file's fault; ML.NET wraps it in several layers.
            throw new InvalidDataException($"'{path}' cannot be loaded as a model: {error.GetBaseException().Message}", error);
        }
    }

    /// <summary>Writes beside the file, and takes its place at the end.</summary>
    internal static void Save(MLContext context, ITransformer pipeline, DataViewSchema schema, string path)
    {
        string whole = Path.GetFullPath(path), beside = $"{whole}.{Guid.NewGuid():N}.tmp";
        try
        {
            context.Model.Save(pipeline, schema, beside);
            File.Move(beside, whole, overwrite: true);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
    }
}
