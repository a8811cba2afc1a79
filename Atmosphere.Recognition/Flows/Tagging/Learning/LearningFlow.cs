using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Recognition.Flows.Tagging.Learning;

/// <summary>The flow after persons learn faces: old photos are matched again, and every night all learned faces are checked.</summary>
public static class LearningFlow
{
    // The next hour is the retry.
    private static readonly RetryPolicy _once = new(1, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

    // Retried often: otherwise the child's old photos would never be found.
    private static readonly RetryPolicy _matching = new(8, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(2));

    public static FlowTable Table { get; } = new("learning",
    [
        StepRow.Of<MatchAgain, PersonTaught>(
            "persons-taught", [typeof(DistributePhoto), typeof(QuestionChanged), typeof(FaceNotIdentified)], _matching),
        StepRow.Of<MatchPhotoAgain, PhotoOvertaken>(
            "persons-taught", [typeof(DistributePhoto), typeof(QuestionChanged), typeof(FaceNotIdentified), typeof(FaceTagged)], _matching),
        StepRow.Of<LookAgain, PersonUntaught>("persons-taught", [typeof(QuestionChanged), typeof(FaceNotIdentified), typeof(FaceTagged)], _matching),
        StepRow.Of<StartTrainings, Messages.StartTrainings>("training-times", [typeof(Messages.StartTraining)], _once),
        StepRow.Of<StartTraining, Messages.StartTraining>("training", [typeof(TrainingEnded), typeof(PersonUntaught), typeof(PersonTaught)]),
        StepRow.Of<ReportTraining, TrainingEnded>("training-reports", []),
    ])
    {
        Timers = [TimerRow.Of("training", "0 * * * *", "UTC", due => new Messages.StartTrainings(due))],
    };

    /// <summary>
    /// Adds learning from tags; needs the face engine, collections and clusters. Settings in section <c>Atmosphere:Training</c>.
    /// </summary>
    public static IServiceCollection AddLearning(this IServiceCollection services)
    {
        services.AddCheckedOptions<TrainingOptions>(TrainingOptions.Section);
        return services.AddFlow(Table);
    }
}
