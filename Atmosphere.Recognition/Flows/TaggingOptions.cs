namespace Atmosphere.Recognition.Flows;

/// <summary>Section <c>Atmosphere:Tagging</c>: when colleagues are asked, and what their answers are worth.</summary>
public sealed class TaggingOptions
{
    public const string Section = "Atmosphere:Tagging";

    /// <summary>So many equal votes of different colleagues decide; 1 to 5, default 2.</summary>
    public int Votes { get; set; } = 2;

    /// <summary>Smaller faces are counted, but nobody is asked about them; height of the face in pixels of the photo, 40 to 400, default 40: nobody is recognised in less.</summary>
    public int SmallestFace { get; set; } = 40;

    /// <summary>So many faces of somebody unknown before colleagues are asked who it is; 1 to 50, default 1.</summary>
    public int FacesBeforeAsking { get; set; } = 1;

    /// <summary>
    /// Colleagues on Slack are asked so long after the first photo of somebody unknown: photos of one occasion become one question; 0 to one
    /// hour, default two minutes. Other chats show it at once.
    /// </summary>
    public TimeSpan AskAfter { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// A tag of somebody whom the face is less similar to is refused; 0 (never) to 90, default 60. Of the group photos that were measured
    /// clear faces are 87 to 98 similar to the right person, hard ones from 81; to wrong persons half of all are less than 59.
    /// </summary>
    public int LeastSimilarity { get; set; } = 60;

    /// <summary>A post is not changed again before this time is over, so that many changes are one; 0 to one minute, default two seconds.</summary>
    public TimeSpan PostPause { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The sentences about settings that cannot work; none when all is well.</summary>
    public IEnumerable<string> Problems()
    {
        (string Name, int Value, int Least, int Most)[] settings =
        [
            (nameof(Votes), Votes, 1, 5),
            (nameof(SmallestFace), SmallestFace, 40, 400),
            (nameof(FacesBeforeAsking), FacesBeforeAsking, 1, 50),
            (nameof(LeastSimilarity), LeastSimilarity, 0, 90),
        ];
        foreach (var (name, value, least, most) in settings.Where(setting => setting.Value < setting.Least || setting.Value > setting.Most))
            yield return $"{Section}:{name} is {value}; use {least} to {most}.";
        if (AskAfter < TimeSpan.Zero || AskAfter > TimeSpan.FromHours(1))
            yield return $"{Section}:{nameof(AskAfter)} is {AskAfter}; use 00:00:00 to 01:00:00 (hours:minutes:seconds).";
        if (PostPause < TimeSpan.Zero || PostPause > TimeSpan.FromMinutes(1))
            yield return $"{Section}:{nameof(PostPause)} is {PostPause}; use 00:00:00 to 00:01:00 (hours:minutes:seconds).";
    }
}
