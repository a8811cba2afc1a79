namespace Atmosphere.Bot.Console;

/// <summary>The exit codes of all verbs.</summary>
internal static class ExitCode
{
    /// <summary>Everything was done.</summary>
    public const int Success = 0;

    /// <summary>It failed; a message on standard error says why.</summary>
    public const int Failure = 1;

    /// <summary>The command line is invalid; nothing was done.</summary>
    public const int Usage = 2;

    /// <summary>Stopped by Ctrl+C or a signal.</summary>
    public const int Interrupted = 130;
}
