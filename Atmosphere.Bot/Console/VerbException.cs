namespace Atmosphere.Bot.Console;

/// <summary>A verb failed; the message is one sentence that names the input and the remedy.</summary>
internal class VerbException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>The input is invalid; the message names the input and the remedy.</summary>
internal sealed class UsageException(string message) : VerbException(message);
