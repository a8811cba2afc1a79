using Atmosphere.Bot.Channels.BotFramework;
using Atmosphere.Bot.Channels.DirectLine;
using Atmosphere.Bot.Turns;
using Atmosphere.Recognition.Flows.Cleanup;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Conversations;

internal static class ConversationRetention
{
    /// <summary>Nothing of a conversation lives for ever; settings in section <c>Atmosphere:Retention</c>.</summary>
    public static IServiceCollection AddConversationRetention(this IServiceCollection services)
    {
        services.AddOptions<ConversationRetentionOptions>().BindConfiguration(RetentionOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ConversationRetentionOptions>, OptionsCheck>();
        services.AddSingleton<ITimeToLive, RegistrationsExpire>();
        services.AddSingleton<ITimeToLive, ChatsExpire>();
        services.AddSingleton<ITimeToLive, RepliesExpire>();
        services.AddSingleton<ITimeToLive, TurnsExpire>();
        return services;
    }

    private sealed class OptionsCheck : IValidateOptions<ConversationRetentionOptions>
    {
        public ValidateOptionsResult Validate(string? name, ConversationRetentionOptions options)
        {
            var problems = options.Problems().ToList();
            return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
        }
    }
}
