using System.ComponentModel.DataAnnotations;
using Atmosphere.Recognition.Settings;

namespace Atmosphere.Recognition.Questions;

/// <summary>Section <c>Atmosphere:Tagging</c>: when colleagues are asked, and what their answers are worth.</summary>
public sealed class TaggingOptions
{
    public const string Section = "Atmosphere:Tagging";

    /// <summary>So many equal votes of different colleagues decide.</summary>
    [Range(1, 5), Unit("votes")]
    public int Votes { get; set; } = 2;

    /// <summary>The channels whose colleagues' votes count, each as VotesFrom:0, VotesFrom:1 and so on; all where none is named. Votes of others are kept, and do not decide.</summary>
    [AllowedValues("slack", "whatsapp", "botframework", "directline")]
    public string[]? VotesFrom { get; set; }

    /// <summary>Smaller faces are counted, but nobody is asked about them; height of the face in the photo. Nobody is recognised in less than 40.</summary>
    [Range(40, 400), Unit("pixels")]
    public int SmallestFace { get; set; } = 40;

    /// <summary>So many faces of somebody unknown before colleagues are asked who it is.</summary>
    [Range(1, 50), Unit("faces")]
    public int FacesBeforeAsking { get; set; } = 1;

    /// <summary>
    /// Colleagues on Slack are asked so long after the first photo of somebody unknown: photos of one occasion become one question. Other
    /// chats show it at once.
    /// </summary>
    [TimeRange("00:00:00", "01:00:00")]
    public TimeSpan AskAfter { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// A tag of somebody whom the face is less similar to is refused. Of the group photos that were measured
    /// clear faces are 87 to 98 similar to the right person, hard ones from 81; to wrong persons half of all are less than 59.
    /// </summary>
    [Range(0, 90), Unit("similarity; 0 is never")]
    public int LeastSimilarity { get; set; } = 60;

    /// <summary>A post is not changed again before this time is over, so that many changes are one.</summary>
    [TimeRange("00:00:00", "00:01:00")]
    public TimeSpan PostPause { get; set; } = TimeSpan.FromSeconds(2);
}
