using System.ComponentModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Settings;

/// <summary>Validates settings: invalid ones stop the start, with all problems reported at once.</summary>
public static class CheckedOptions
{
    /// <summary>Binds the section and validates it at start: first the attributes, then <see cref="IRelatedSettings"/>.</summary>
    public static OptionsBuilder<TOptions> AddCheckedOptions<TOptions>(this IServiceCollection services, string section)
        where TOptions : class
    {
        services.AddSingleton<IValidateOptions<TOptions>>(new Check<TOptions>(section));
        return services.AddOptions<TOptions>()
            .Configure<IConfiguration>((options, configuration) => Read(configuration.GetSection(section), options))
            .ValidateOnStart();
    }

    /// <exception cref="OptionsValidationException">A value does not have the type of its setting.</exception>
    public static void Read<TOptions>(IConfigurationSection section, TOptions options)
        where TOptions : class
    {
        try
        {
            section.Bind(options);
        }
        catch (InvalidOperationException) when (Unreadable(section, options).ToList() is { Count: > 0 } problems)
        {
            throw new OptionsValidationException(Options.DefaultName, typeof(TOptions), problems);
        }
    }

    private static IEnumerable<string> Unreadable(IConfigurationSection section, object options) =>
        from setting in SettingRules.Of(options.GetType())
        let text = section[setting.Name]
        where text is not null && !TypeDescriptor.GetConverter(setting.PropertyType).IsValid(text)
        select SettingRules.Unreadable($"{section.Path}:{setting.Name}", setting, text, setting.GetValue(Activator.CreateInstance(options.GetType())));

    private sealed class Check<TOptions>(string section) : IValidateOptions<TOptions>
        where TOptions : class
    {
        public ValidateOptionsResult Validate(string? name, TOptions options) =>
            SettingRules.Problems(section, options).ToList() is { Count: > 0 } problems ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;
    }
}
