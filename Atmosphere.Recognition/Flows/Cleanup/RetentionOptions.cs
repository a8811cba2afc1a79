namespace Atmosphere.Recognition.Flows.Cleanup;

/// <summary>Section <c>Atmosphere:Retention</c>: how long things live. Times are [days.]hours:minutes:seconds.</summary>
public sealed class RetentionOptions
{
    public const string Section = "Atmosphere:Retention";

    // Less than this, and work that rests between two attempts would find its files gone.
    private static readonly TimeSpan _leastForWork = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan _leastForReading = TimeSpan.FromHours(1);
    private static readonly TimeSpan _longest = TimeSpan.FromDays(365);

    /// <summary>A group photo and its rows, after its last delivery; 0 to 365 days, default one day.</summary>
    public TimeSpan GroupPhotosAfterDelivery { get; set; } = TimeSpan.FromDays(1);

    /// <summary>A group photo that nobody got, after it came in; ten minutes to 365 days, default three days.</summary>
    public TimeSpan UndeliveredPhotos { get; set; } = TimeSpan.FromDays(3);

    /// <summary>
    /// All that is known of a face of nobody who is registered: crop, surroundings, vector, place in a cluster; after its photo was looked at,
    /// whether that is still there or not. Ten minutes to 365 days, default three days.
    /// </summary>
    public TimeSpan UnknownFaces { get; set; } = TimeSpan.FromDays(3);

    /// <summary>A photo that a parent sent to register a child but did not confirm; ten minutes to 365 days, default one hour.</summary>
    public TimeSpan TrainingPhotos { get; set; } = TimeSpan.FromHours(1);

    /// <summary>A person who could not be learned: the name, to tell the parent; ten minutes to 365 days, default one day.</summary>
    public TimeSpan FailedPersons { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Ids of messages that came in, to know a repeated delivery; <see cref="UndeliveredPhotos"/> to 365 days, default seven days.</summary>
    public TimeSpan Inbox { get; set; } = TimeSpan.FromDays(7);

    /// <summary>What operators are told of photos, and what became of clusters; one hour to 365 days, default 30 days.</summary>
    public TimeSpan Notifications { get; set; } = TimeSpan.FromDays(30);

    /// <summary>A question to colleagues that was answered or given up, with its votes, after it last changed; one hour to 365 days, default 30 days.</summary>
    public TimeSpan Questions { get; set; } = TimeSpan.FromDays(30);

    /// <summary>The flat record of a photo: when it came, with how many faces; nobody's name, no picture. One hour to 365 days, default 30 days.</summary>
    public TimeSpan ImageTable { get; set; } = TimeSpan.FromDays(30);

    /// <summary>A message that nobody could handle, with its reason; one hour to 365 days, default 30 days.</summary>
    public TimeSpan DeadLetters { get; set; } = TimeSpan.FromDays(30);

    /// <summary>A file that no row names, such as a crash leaves, looked for every hour; one minute to 365 days, default one hour.</summary>
    public TimeSpan Orphans { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The sentences about settings that cannot work; none when all is well.</summary>
    public IEnumerable<string> Problems()
    {
        (string Name, TimeSpan Value, TimeSpan Least, TimeSpan Most)[] settings =
        [
            (nameof(GroupPhotosAfterDelivery), GroupPhotosAfterDelivery, TimeSpan.Zero, _longest),
            (nameof(UndeliveredPhotos), UndeliveredPhotos, _leastForWork, _longest),
            (nameof(UnknownFaces), UnknownFaces, _leastForWork, _longest),
            (nameof(TrainingPhotos), TrainingPhotos, _leastForWork, _longest),
            (nameof(FailedPersons), FailedPersons, _leastForWork, _longest),
            (nameof(Inbox), Inbox, UndeliveredPhotos, _longest),
            (nameof(Notifications), Notifications, _leastForReading, _longest),
            (nameof(Questions), Questions, _leastForReading, _longest),
            (nameof(ImageTable), ImageTable, _leastForReading, _longest),
            (nameof(DeadLetters), DeadLetters, _leastForReading, _longest),
            (nameof(Orphans), Orphans, TimeSpan.FromMinutes(1), _longest),
        ];
        return settings
            .Where(setting => setting.Value < setting.Least || setting.Value > setting.Most)
            .Select(setting => $"{Section}:{setting.Name} is {setting.Value}; use {setting.Least} to {setting.Most} ([days.]hours:minutes:seconds).");
    }
}
