using System.Collections;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace Atmosphere.Recognition.Settings;

/// <summary>Every setting of the program, from its options classes: for docs/configuration.md, and to refuse what is no setting.</summary>
public static class KnownSettings
{
    public const string Root = "Atmosphere";

    // A suggestion may differ from what was written in one character of five.
    private const int CharactersADifference = 5;

    // Step and timer names are checked against the flow tables, which know them.
    private static readonly string[] _checkedElsewhere = [$"{Root}:Pipeline:", $"{Root}:Timers:"];

    /// <summary>The options classes by section, such as Atmosphere:Imaging.</summary>
    public static IEnumerable<(string Section, Type Options)> Sections(IEnumerable<Assembly> assemblies) =>
        from type in assemblies.SelectMany(assembly => assembly.GetTypes())
        let section = type.GetField("Section", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.FlattenHierarchy)
        where section is { IsLiteral: true } && type.GetConstructor(Type.EmptyTypes) is not null
        let name = (string)section.GetRawConstantValue()!
        where name == Root || name.StartsWith($"{Root}:", StringComparison.Ordinal)
        select (name, type);

    /// <summary>One sentence per setting that does not exist, with the nearest one that does.</summary>
    /// <param name="configuration">All sources.</param>
    /// <param name="assemblies">Where the options classes are.</param>
    /// <param name="others">Settings without an options class.</param>
    public static IReadOnlyList<string> Unknown(IConfiguration configuration, IEnumerable<Assembly> assemblies, params string[] others)
    {
        var written = configuration.GetSection(Root).AsEnumerable()
            .Where(setting => setting.Value is not null && !others.Contains(setting.Key, StringComparer.OrdinalIgnoreCase)
                && !_checkedElsewhere.Any(prefix => setting.Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
            .Select(setting => setting.Key)
            .ToList();
        if (written.Count == 0)
            return [];
        var known = Sections(assemblies).SelectMany(section => Keys(section.Section, section.Options)).ToList();
        return [.. from key in written
                   where !known.Any(setting => setting.Is(key))
                   let near = Nearest(key, [.. known.Select(setting => setting.Key), .. others])
                   select $"{key} is no setting. {(near is null ? "" : $"Did you mean {near}? ")}docs/configuration.md lists all of them."];
    }

    private static IEnumerable<Setting> Keys(string section, Type options) => SettingRules.Of(options).SelectMany(property =>
    {
        var (key, type) = ($"{section}:{property.Name}", Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType);
        if (type != typeof(string) && type.IsAssignableTo(typeof(IEnumerable)))
            return [new Setting(key, HasItems: true)];
        return type.Namespace?.StartsWith(Root, StringComparison.Ordinal) == true && type.IsClass ? Keys(key, type) : [new Setting(key, HasItems: false)];
    });

    private static string? Nearest(string key, IReadOnlyList<string> known)
    {
        var near = known.Select(one => (one, Distance: EditDistance.Between(key, one))).MinBy(one => one.Distance);
        if (near.Distance <= key.Length / CharactersADifference)
            return near.one;
        // The right name in the wrong section.
        var name = key[key.LastIndexOf(':')..];
        return known.Where(one => one.EndsWith(name, StringComparison.OrdinalIgnoreCase)).ToList() is [var only] ? only : null;
    }

    /// <param name="Key">Such as Atmosphere:Imaging:MaxMegapixels.</param>
    /// <param name="HasItems">A list or a table: further parts of a key name its items.</param>
    private sealed record Setting(string Key, bool HasItems)
    {
        public bool Is(string key) => key.Equals(Key, StringComparison.OrdinalIgnoreCase)
            || (HasItems && key.StartsWith($"{Key}:", StringComparison.OrdinalIgnoreCase));
    }
}
