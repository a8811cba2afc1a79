using Atmosphere.Recognition.Flows.Tagging.Asking;
using Atmosphere.Recognition.Flows.Tagging.Learning;
using Atmosphere.Recognition.Flows.Tagging.Voting;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;

namespace Atmosphere.Recognition.Flows.Tagging;

/// <summary>The flow of colleagues' answers, and of learning from them.</summary>
public static class TaggingFlow
{
    // Slack may be unavailable for a while: retried for about half an hour.
    private static readonly RetryPolicy _telling = new(20, TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(2));

    // A person may take a while to be learned, and the votes are kept: two days, then an operator must act.
    private static readonly RetryPolicy _training = new(120, TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(30));

    public static FlowTable Table { get; } = new("tagging",
    [
        StepRow.Of<AskColleagues, FaceQuestioned>("colleagues-face-questions", [typeof(QuestionChanged), typeof(FaceTagged)]),
        StepRow.Of<ShowQuestion, QuestionChanged>("colleagues-questions", [typeof(QuestionChanged)], _telling, exhausted: "post unknown, dead letter"),
        StepRow.Of<StoreFaceTagSql, FaceTagReceived>("atmosphere-face-tagging", [typeof(FaceTagged), typeof(QuestionChanged), typeof(ColleagueVoted)]),
        StepRow.Of<SendFaceForTraining, FaceTagged>("atmosphere-face-tagged", [typeof(FaceTrainingSent), typeof(FaceTrainingRefused), typeof(RequestMade), typeof(HeldFaceChanged)], _training, exhausted: "votes kept, dead letter"),
        StepRow.Of<FinalizeTag, FaceTrainingSent>(
            "atmosphere-face-training-sent", [typeof(DistributePhoto), typeof(PersonTaught), typeof(QuestionChanged)], _training, exhausted: "votes kept, dead letter"),
        StepRow.Of<CleanupTag, FaceTrainingRefused>("atmosphere-face-cleanup", [typeof(QuestionChanged), typeof(PersonUntaught), typeof(PersonTaught)], _training),
        StepRow.Of<EnrichUser, ColleagueVoted>("atmosphere-face-enrich-user", [], _telling, exhausted: "votes kept, dead letter"),
        StepRow.Of<Asking.LookAfterQuestions, Messages.LookAfterQuestions>("colleagues-questions-waiting", [typeof(QuestionChanged)], exhausted: "the next round"),
    ])
    {
        Doors = [DoorRow.Http<FaceTag>("colleague", [typeof(FaceTagReceived), typeof(FaceIdentificationUndone)])],
        Timers = [TimerRow.Of("questions", "20 * * * *", "UTC", due => new Messages.LookAfterQuestions(due))],
    };
}
