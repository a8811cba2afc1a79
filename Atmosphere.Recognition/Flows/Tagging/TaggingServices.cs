using Atmosphere.Recognition.Flows.Tagging.Asking;
using Atmosphere.Recognition.Flows.Tagging.Learning;
using Atmosphere.Recognition.Flows.Tagging.Voting;
using Atmosphere.Recognition.Messaging;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Recognition.Flows.Tagging;

public static class TaggingServices
{
    /// <summary>Adds tagging; needs the questions, the face engine and its collections.</summary>
    public static IServiceCollection AddTagging(this IServiceCollection services) =>
        services
            .AddSingleton<IForwardedPhotos, ForwardedPhotos>()
            .AddSingleton<IFaceTags, FaceTag>()
            .AddSingleton<QuestionSchedule>()
            .AddSingleton<TaggedFaceCheck>()
            .AddSingleton<SimilarityCheck>()
            .AddFlow(TaggingFlow.Table);
}
