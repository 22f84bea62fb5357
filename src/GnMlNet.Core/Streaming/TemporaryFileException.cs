namespace GnMlNet.Core.Streaming;

/// <summary>Thrown where rows that do not fit into memory cannot be written to the folder for temporary files, or not be read again.</summary>
/// <param name="message">What happened to which folder, and what helps.</param>
/// <param name="inner">What the operating system said, or null.</param>
public sealed class TemporaryFileException(string message, Exception? inner = null) : IOException(message, inner);
