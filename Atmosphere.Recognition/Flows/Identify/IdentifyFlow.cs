using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Recognition.Flows.Identify;

/// <summary>How a face gets its name, and how it loses it again.</summary>
public static class IdentifyFlow
{
    // What is being taught just now is taken back when that has ended: as long as teaching may take.
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

    /// <summary>Names for faces; needs the face collections.</summary>
    public static IServiceCollection AddIdentify(this IServiceCollection services) => services.AddFlow(Table);
}
