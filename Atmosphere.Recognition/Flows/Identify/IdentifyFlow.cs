using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Recognition.Flows.Identify;

/// <summary>How a face gets its name.</summary>
public static class IdentifyFlow
{
    public static FlowTable Table { get; } = new("identify",
    [
        StepRow.Subscribe<IdentifyFace, FaceStored>("atmosphere-images-in-db", [typeof(FaceIdentified), typeof(DistributePhoto)], exhausted: "face refused"),
        StepRow.Of<FinalizeIdentified, FaceIdentified>("atmosphere-face-identified", [typeof(DistributePhoto)], exhausted: "face refused"),
    ]);

    /// <summary>Names for faces; needs the face collections.</summary>
    public static IServiceCollection AddIdentify(this IServiceCollection services) => services.AddFlow(Table);
}
