namespace Atmosphere.Bot.Console;

/// <summary>What every verb returns to the shell.</summary>
internal static class ExitCode
{
    /// <summary>All was done.</summary>
    public const int Success = 0;

    /// <summary>It was not; a sentence on standard error says why.</summary>
    public const int Failure = 1;

    /// <summary>The command line cannot be understood; nothing was begun.</summary>
    public const int Usage = 2;

    /// <summary>Stopped by Ctrl+C or a signal.</summary>
    public const int Interrupted = 130;
}
