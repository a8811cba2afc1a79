using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace Atmosphere.Recognition.Settings;

/// <summary>Rules that no attribute can express, about several settings or about files.</summary>
public interface IRelatedSettings
{
    /// <summary>One sentence per problem: key, value, remedy; empty if there is none.</summary>
    IEnumerable<string> Problems();
}

/// <summary>Describes in words what the attributes of settings allow, for messages and docs/configuration.md.</summary>
public static class SettingRules
{
    private const string TimeFormat = "[days.]hours:minutes:seconds";

    /// <summary>The settings of a class, in source order.</summary>
    public static IEnumerable<PropertyInfo> Of(Type type) =>
        type.GetProperties().Where(property => property.SetMethod?.IsPublic == true).OrderBy(property => property.MetadataToken);

    /// <summary>One sentence per invalid value: key, value, allowed values, default.</summary>
    /// <param name="section">The section, such as Atmosphere:Imaging.</param>
    /// <param name="options">An instance of a class whose new instances contain the defaults.</param>
    public static IEnumerable<string> Problems(string section, object options)
    {
        var defaults = Activator.CreateInstance(options.GetType())!;
        return Of(options.GetType())
            .SelectMany(setting => Problems($"{section}:{setting.Name}", setting, setting.GetValue(options), setting.GetValue(defaults)))
            .Concat((options as IRelatedSettings)?.Problems() ?? []);
    }

    /// <summary>The message for a value that does not have the setting's type.</summary>
    public static string Unreadable(string key, PropertyInfo setting, string value, object? standard) => Sentence(key, $"is '{value}'", setting, null, standard);

    /// <returns>Such as "1 to 500" or "an https address"; null if everything is allowed.</returns>
    public static string? Allowed(PropertyInfo setting) =>
        setting.GetCustomAttributes<ValidationAttribute>().Select(rule => Allowed(rule, setting.PropertyType)).FirstOrDefault()
        ?? (setting.PropertyType == typeof(bool) ? "true or false" : null);

    /// <returns>Such as "megabytes"; null if the setting has no unit.</returns>
    public static string? Unit(PropertyInfo setting) => setting.GetCustomAttribute<UnitAttribute>()?.Unit;

    private static IEnumerable<string> Problems(string key, PropertyInfo setting, object? value, object? standard) => value switch
    {
        null or string when string.IsNullOrWhiteSpace((string?)value) =>
            string.IsNullOrWhiteSpace(standard as string) ? [] : [Sentence(key, "is empty", setting, null, standard)],
        IDictionary<string, string> texts => texts.SelectMany(text => Problems($"{key}:{text.Key}", setting, text.Value, null)),
        IEnumerable<string> texts => Broken(setting, texts).Select(broken => Sentence(key, $"has '{broken.Value}'", setting, broken.Rule, null)),
        _ when value.GetType() is { IsClass: true } type && type != typeof(string) => Problems(key, value),
        _ => Broken(setting, [value]).Select(broken => Sentence(key, Shown(setting, value), setting, broken.Rule, standard)),
    };

    /// <summary>The invalid values, each with the first rule that it violates.</summary>
    private static IEnumerable<(object Value, ValidationAttribute Rule)> Broken(PropertyInfo setting, IEnumerable<object> values) =>
        from value in values
        let rule = setting.GetCustomAttributes<ValidationAttribute>().FirstOrDefault(rule => !rule.IsValid(value))
        where rule is not null
        select (value, rule);

    private static string Shown(PropertyInfo setting, object value) => value switch
    {
        string text when setting.IsDefined(typeof(SecretAttribute)) => $"has {text.Length} characters, which are not shown",
        string text => $"is '{text}'",
        _ => string.Create(CultureInfo.InvariantCulture, $"is {value}"),
    };

    private static string Sentence(string key, string value, PropertyInfo setting, ValidationAttribute? rule, object? standard)
    {
        var allowed = rule is null ? Allowed(setting) ?? "a value" : Allowed(rule, setting.PropertyType);
        var isText = (Nullable.GetUnderlyingType(setting.PropertyType) ?? setting.PropertyType) is { IsPrimitive: false } type && type != typeof(TimeSpan);
        var unit = Unit(setting) ?? (setting.PropertyType == typeof(TimeSpan) ? TimeFormat : null);
        var known = standard is null or "" ? null : string.Create(CultureInfo.InvariantCulture, $"the default is {standard}");
        var notes = string.Join("; ", new[] { unit, known }.OfType<string>());
        return $"{key} {value}; use {allowed}{(isText && known is not null ? ", or leave the setting out" : "")}{(notes.Length > 0 ? $" ({notes})" : "")}.";
    }

    private static string Allowed(ValidationAttribute rule, Type type) => rule switch
    {
        AllowedValuesAttribute values => string.Join(" or ", values.Values),
        { ErrorMessage: { } words } => words,
        RangeAttribute range => string.Create(CultureInfo.InvariantCulture, $"{Limit(range.Minimum, type)} to {Limit(range.Maximum, type)}"),
        MinLengthAttribute least => $"at least {least.Length} characters",
        StringLengthAttribute most => $"at most {most.MaximumLength} characters",
        _ => throw new InvalidOperationException($"{rule.GetType().Name} says nowhere what it allows; give it an ErrorMessage that completes \"use ...\"."),
    };

    /// <summary>Converts a limit to the setting's own type, so that 0.3 is not written as 0.30000001192092896.</summary>
    private static object Limit(object limit, Type type) => limit is string text && text.Contains(':', StringComparison.Ordinal)
        ? TimeSpan.Parse(text, CultureInfo.InvariantCulture)
        : limit as TimeSpan? ?? Convert.ChangeType(limit, Nullable.GetUnderlyingType(type) ?? type, CultureInfo.InvariantCulture);
}
