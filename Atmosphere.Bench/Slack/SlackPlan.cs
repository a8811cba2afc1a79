using Atmosphere.Bench.Doors;
namespace Atmosphere.Bench.Slack;

/// <param name="Posts">Interactivity posts in all; each question gets ten.</param>
/// <param name="Seconds">In how long.</param>
internal sealed record SlackPlan(int Posts, int Seconds)
{
    public const int PostsOfAQuestion = 10;

    /// <summary>Ninety-nine of a hundred answers come sooner, in milliseconds.</summary>
    public const double MostOfP99 = 100;

    public int Questions => Posts / PostsOfAQuestion;
}

/// <param name="Posts">What was posted.</param>
/// <param name="Refused">Answered with something else than 200.</param>
/// <param name="Late">Answered after more than three seconds.</param>
/// <param name="Right">Questions that were decided as most colleagues said.</param>
/// <param name="Wrong">Questions that were decided otherwise.</param>
/// <param name="Open">Questions that are not decided.</param>
/// <param name="Votes">Last votes, before the decision, of colleagues that the tables hold.</param>
/// <param name="VotesLost">Those that they do not hold, or otherwise.</param>
/// <param name="VotesTooMany">Votes that the tables hold and should not: cast after the decision, or replaced.</param>
/// <param name="Taught">Faces that were sent for training, counted at the collection each time.</param>
/// <param name="TaughtTwice">Faces that the collection was told of more than once.</param>
/// <param name="Unanswered">Things that somebody did and nobody has done anything about.</param>
/// <param name="DeadLetters">Messages that were given up.</param>
/// <param name="Door">One answer time a post.</param>
/// <param name="AllDone">From the last post until the queues were empty. Posts on Slack do not count: it lets 50 be changed in a minute.</param>
internal sealed record SlackResult(
    int Posts, int Refused, int Late, int Right, int Wrong, int Open, int Votes, int VotesLost, int VotesTooMany, int Taught, int TaughtTwice, int Unanswered, int DeadLetters,
    DoorTimes Door, TimeSpan AllDone)
{
    /// <summary>Every vote counts once, every face was sent once, everybody was answered.</summary>
    public bool IsWhole => (Refused, Wrong, Open, VotesLost, VotesTooMany, TaughtTwice, Unanswered, DeadLetters) == default && Taught == Right;

    /// <summary>Everybody was answered in time.</summary>
    public bool IsQuick => Late == 0 && Door.P99 < SlackPlan.MostOfP99;
}
