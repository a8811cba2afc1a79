using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Recognition.Flows.Tagging;

public static class TaggingServices
{
    /// <summary>What people say about faces; needs the face engine and its collections; settings in section <c>Atmosphere:Tagging</c>.</summary>
    public static IServiceCollection AddTagging(this IServiceCollection services)
    {
        services.AddCheckedOptions<TaggingOptions>(TaggingOptions.Section);
        return services
            .AddSingleton<IForwardedPhotos, ForwardedPhotos>()
            .AddSingleton<ClusterQuestions>()
            .AddSingleton<ToldNames>()
            .AddSingleton<IFaceTags, FaceTag>()
            .AddSingleton<IQuestions, Questions>()
            .AddSingleton<QuestionPictures>()
            .AddSingleton<AskingInTurn>()
            .AddSingleton<TaggedFaces>()
            .AddSingleton<Likeness>()
            .AddFlow(TaggingFlow.Table);
    }
}
