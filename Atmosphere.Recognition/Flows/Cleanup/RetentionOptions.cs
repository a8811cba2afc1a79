using Atmosphere.Recognition.Settings;

namespace Atmosphere.Recognition.Flows.Cleanup;

/// <summary>Section <c>Atmosphere:Retention</c>: how long things live. Times are [days.]hours:minutes:seconds.</summary>
public sealed class RetentionOptions : IRelatedSettings
{
    public const string Section = "Atmosphere:Retention";

    // Less than this, and work that rests between two attempts would find its files gone.
    private const string LeastForWork = "00:10:00";
    private const string LeastForReading = "01:00:00";
    private const string Longest = "365.00:00:00";

    /// <summary>A group photo and its rows, after its last delivery.</summary>
    [TimeRange("00:00:00", Longest)]
    public TimeSpan GroupPhotosAfterDelivery { get; set; } = TimeSpan.FromDays(1);

    /// <summary>A group photo that nobody got, after it came in.</summary>
    [TimeRange(LeastForWork, Longest)]
    public TimeSpan UndeliveredPhotos { get; set; } = TimeSpan.FromDays(3);

    /// <summary>
    /// All that is known of a face of nobody who is registered: crop, surroundings, vector, place in a cluster; after its photo was looked at,
    /// whether that is still there or not.
    /// </summary>
    [TimeRange(LeastForWork, Longest)]
    public TimeSpan UnknownFaces { get; set; } = TimeSpan.FromDays(3);

    /// <summary>A photo that a parent sent to register a child but did not confirm.</summary>
    [TimeRange(LeastForWork, Longest)]
    public TimeSpan TrainingPhotos { get; set; } = TimeSpan.FromHours(1);

    /// <summary>A person who could not be learned: the name, to tell the parent.</summary>
    [TimeRange(LeastForWork, Longest)]
    public TimeSpan FailedPersons { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Ids of messages that came in, to know a repeated delivery; at least <see cref="UndeliveredPhotos"/>.</summary>
    [TimeRange(LeastForWork, Longest)]
    public TimeSpan Inbox { get; set; } = TimeSpan.FromDays(7);

    /// <summary>What operators are told of photos, and what became of clusters.</summary>
    [TimeRange(LeastForReading, Longest)]
    public TimeSpan Notifications { get; set; } = TimeSpan.FromDays(30);

    /// <summary>A question to colleagues that was answered or given up, with its votes, after it last changed.</summary>
    [TimeRange(LeastForReading, Longest)]
    public TimeSpan Questions { get; set; } = TimeSpan.FromDays(30);

    /// <summary>The flat record of a photo: when it came, with how many faces; nobody's name, no picture.</summary>
    [TimeRange(LeastForReading, Longest)]
    public TimeSpan ImageTable { get; set; } = TimeSpan.FromDays(30);

    /// <summary>What reports by mail count: which photo came when, with how many faces and which registered children; and the reports.</summary>
    [TimeRange("16.00:00:00", Longest)]
    public TimeSpan Reports { get; set; } = TimeSpan.FromDays(22);

    /// <summary>A consent in the ledger, after it was withdrawn: so long it can be proven, of nobody in particular.</summary>
    [TimeRange("1.00:00:00", "3650.00:00:00")]
    public TimeSpan ConsentLedger { get; set; } = TimeSpan.FromDays(1095);

    /// <summary>A line of the log of erasures and withdrawals, which names nobody; at least as long as the oldest backup that may be restored.</summary>
    [TimeRange("1.00:00:00", "3650.00:00:00")]
    public TimeSpan ErasureLog { get; set; } = TimeSpan.FromDays(365);

    /// <summary>A message that nobody could handle, with its reason.</summary>
    [TimeRange(LeastForReading, Longest)]
    public TimeSpan DeadLetters { get; set; } = TimeSpan.FromDays(30);

    /// <summary>A file that no row names, such as a crash leaves, looked for every hour.</summary>
    [TimeRange("00:01:00", Longest)]
    public TimeSpan Orphans { get; set; } = TimeSpan.FromHours(1);

    public IEnumerable<string> Problems()
    {
        if (Inbox < UndeliveredPhotos)
            yield return $"{Section}:{nameof(Inbox)} is {Inbox}; use {UndeliveredPhotos} to {Longest} (at least {nameof(UndeliveredPhotos)}; the default is 7.00:00:00).";
    }
}
