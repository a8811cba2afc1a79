using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Domain;

/// <summary>Settings that cannot work stop the start.</summary>
public static class CheckedOptions
{
    /// <summary>Checks the settings at the start and stops it with all of their problems.</summary>
    /// <param name="builder">The options that are checked.</param>
    /// <param name="problems">A sentence a problem: the key, the value, the remedy; none when all is well.</param>
    public static OptionsBuilder<TOptions> CheckedAtStart<TOptions>(
        this OptionsBuilder<TOptions> builder, Func<TOptions, IEnumerable<string>> problems)
        where TOptions : class
    {
        builder.Services.AddSingleton<IValidateOptions<TOptions>>(new Check<TOptions>(problems));
        return builder.ValidateOnStart();
    }

    private sealed class Check<TOptions>(Func<TOptions, IEnumerable<string>> problems) : IValidateOptions<TOptions>
        where TOptions : class
    {
        public ValidateOptionsResult Validate(string? name, TOptions options)
        {
            var found = problems(options).ToList();
            return found.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(found);
        }
    }
}
