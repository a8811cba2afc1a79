using Atmosphere.Recognition.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Recognition.Questions;

public static class QuestionsServices
{
    /// <summary>Adds the questions about faces; settings in sections <c>Atmosphere:Tagging</c> and <c>Atmosphere:Identify</c>.</summary>
    public static IServiceCollection AddQuestions(this IServiceCollection services)
    {
        services.AddCheckedOptions<TaggingOptions>(TaggingOptions.Section);
        services.AddCheckedOptions<IdentifyOptions>(IdentifyOptions.Section);
        return services
            .AddSingleton<ClusterQuestions>()
            .AddSingleton<QuestionVotes>()
            .AddSingleton<QuestionsAnsweredByName>()
            .AddSingleton<IdentifiedPosts>()
            .AddSingleton<QuestionPictures>()
            .AddSingleton<IQuestions, QuestionViews>();
    }
}
