namespace Atmosphere.Bot.Conversations;

/// <summary>Section <c>Atmosphere:Conversations</c>. Times are [days.]hours:minutes:seconds.</summary>
internal sealed class ConversationOptions
{
    public const string Section = "Atmosphere:Conversations";

    private static readonly TimeSpan _least = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan _most = TimeSpan.FromHours(23);

    /// <summary>How long after a parent's last word an open registration is reminded of, once; 10 minutes to 23 hours, default four hours.</summary>
    public TimeSpan RemindAfter { get; set; } = TimeSpan.FromHours(4);

    /// <summary>The sentences about settings that cannot work; none when all is well.</summary>
    public IEnumerable<string> Problems()
    {
        if (RemindAfter < _least || RemindAfter > _most)
            yield return $"{Section}:{nameof(RemindAfter)} is {RemindAfter}; use {_least} to {_most} ([days.]hours:minutes:seconds).";
    }
}
