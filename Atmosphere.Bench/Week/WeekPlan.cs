namespace Atmosphere.Bench.Week;

/// <param name="Labels">Who is in which of the group photos.</param>
/// <param name="Enrolment">A folder for each person, with photos to register from.</param>
/// <param name="Photos">Group photos that are made and posted.</param>
/// <param name="Days">Over how many days they are spread.</param>
/// <param name="Registered">How many of the persons are registered at the beginning; the others when a colleague says who they are.</param>
/// <param name="Mistakes">Share of the colleagues' answers that are wrong, 0..1.</param>
/// <param name="Seed">The same seed is the same week.</param>
internal sealed record WeekPlan(string Labels, string Enrolment, int Photos, int Days, int Registered, double Mistakes, int Seed);

/// <param name="Photos">Posted.</param>
/// <param name="Persons">Everybody who is named in the labels.</param>
/// <param name="ClearFaces">Faces of those persons, whole, of at least 60 pixels, without a quality warning.</param>
/// <param name="NamedRight">Of them: named as who they are.</param>
/// <param name="NamedWrong">Of all faces that were named, strangers' among them: named as somebody else.</param>
/// <param name="Deliveries">Photos that reached guardians.</param>
/// <param name="WrongDeliveries">Of them: the guardian's child is not in the photo.</param>
/// <param name="FoundLater">Of them: sent after the photo had gone out, because of a tag or a registration.</param>
/// <param name="MostQuestions">Questions for one of the persons, at most.</param>
/// <param name="Questions">Questions for all of the persons together.</param>
/// <param name="MostStrangerQuestions">Questions for one stranger, at most.</param>
/// <param name="StrangerQuestions">Questions for all strangers together.</param>
/// <param name="Strangers">About how many strangers something was asked.</param>
/// <param name="OtherQuestions">Questions about what the labels do not know.</param>
/// <param name="Votes">Answers of the colleagues.</param>
/// <param name="WrongVotes">Of them: mistakes.</param>
/// <param name="DeadLetters">Messages that gave up.</param>
/// <param name="ReportDiffers">Figures of the weekly report that differ from what the script knows.</param>
internal sealed record WeekResult(
    int Photos, int Persons, int ClearFaces, int NamedRight, int NamedWrong, int Deliveries, int WrongDeliveries, int FoundLater,
    int MostQuestions, int Questions, int MostStrangerQuestions, int StrangerQuestions, int Strangers, int OtherQuestions, int Votes, int WrongVotes, int DeadLetters,
    IReadOnlyList<string> ReportDiffers)
{
    public double Share => ClearFaces == 0 ? 0 : NamedRight / (double)ClearFaces;

    /// <summary>What was promised.</summary>
    public bool IsGood => Share >= 0.95 && WrongDeliveries == 0 && MostQuestions <= 3 && MostStrangerQuestions <= 2 && DeadLetters == 0 && ReportDiffers.Count == 0;
}
