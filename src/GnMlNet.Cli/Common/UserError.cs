namespace GnMlNet.Cli.Common;

/// <summary>Something the user can put right; the message says what and how.</summary>
internal sealed class UserError(string message) : Exception(message);
