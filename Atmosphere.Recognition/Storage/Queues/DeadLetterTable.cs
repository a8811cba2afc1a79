namespace Atmosphere.Recognition.Storage;

/// <summary>The rows of dead_letters: messages that were given up.</summary>
internal static class DeadLetterTable
{
    public static DueRows Due { get; } = new("dead_letters", "died_at <= @before");
}
