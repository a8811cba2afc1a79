using Atmosphere.Bot.Channels.Slack.Webhooks;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;

namespace Atmosphere.Bot.Channels.Slack;

/// <summary>The flow of clicks, commands and App Homes, as a table.</summary>
internal static class SlackFlow
{
    // Slack may be unavailable for a while: ten attempts, the last after about a quarter of an hour.
    private static readonly RetryPolicy _patient = new(10, TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(5));

    public static FlowTable Table { get; } = new(
        "slack",
        [
            StepRow.Of<TakeSlackClick, SlackClicked>(
                "slack-clicks", [typeof(SlackAnswerWaiting), typeof(SlackHomeWanted), typeof(FaceTagReceived), typeof(FaceIdentificationUndone), typeof(HeldFaceVoted)],
                _patient, workers: 2, exhausted: "the colleague is told"),
            StepRow.Of<OpenSlackForm, SlackFormWanted>("slack-forms", [typeof(SlackAnswerWaiting)], workers: 4, exhausted: "the colleague is told"),
            StepRow.Of<SayOnSlack, SlackAnswerWaiting>("slack-answers", [], workers: 2, exhausted: "dead letter, what it said is forgotten"),
            StepRow.Of<PublishHome, SlackHomeWanted>("slack-homes", [], workers: 2),
        ])
    {
        Doors = [DoorRow.Http<SlackWebhook>("Slack", [typeof(SlackClicked), typeof(SlackFormWanted), typeof(SlackAnswerWaiting), typeof(SlackHomeWanted), typeof(FaceTagReceived), typeof(FaceIdentificationUndone), typeof(HeldFaceVoted)])],
    };
}
