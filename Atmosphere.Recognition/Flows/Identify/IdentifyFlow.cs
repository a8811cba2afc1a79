using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Recognition.Flows.Identify;

/// <summary>The flow that names faces and removes names.</summary>
public static class IdentifyFlow
{
    // An undo waits until the learning in progress has ended: as long as learning may take.
    private static readonly RetryPolicy _patient = new(120, TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(30));

    public static FlowTable Table { get; } = new("identify",
    [
        StepRow.Subscribe<IdentifyFace, FaceStored>(
            "atmosphere-images-in-db",
            [typeof(FaceIdentified), typeof(FaceNotIdentified), typeof(QuestionChanged), typeof(DistributePhoto), typeof(PhotoOvertaken)],
            exhausted: "face refused"),
        StepRow.Of<FinalizeIdentified, FaceIdentified>(
            "atmosphere-face-identified",
            [typeof(DistributePhoto), typeof(FaceNotIdentified), typeof(QuestionChanged), typeof(PhotoOvertaken)],
            exhausted: "face refused"),
        StepRow.Of<RequestTaggingOnSlack, FaceNotIdentified>("atmosphere-face-not-identified", [typeof(QuestionChanged), typeof(FaceTagged)]),
        StepRow.Of<ClearIdentified, FaceIdentificationUndone>("atmosphere-face-undo-identify", [typeof(FaceNotIdentified), typeof(QuestionChanged), typeof(PersonUntaught), typeof(PersonTaught)], _patient),
    ]);

    /// <summary>Adds the naming of faces; needs the face collections.</summary>
    public static IServiceCollection AddIdentify(this IServiceCollection services) => services.AddFlow(Table);
}
