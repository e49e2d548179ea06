"""The labels and menu words of web pages, as alternations for the patterns of page furniture."""

from __future__ import annotations

import re


def _spaced(words: str) -> str:
    """Make an alternation of words that may be written with spaces between the characters: 索 引 号."""
    longest_first = sorted(words.split(), key=len, reverse=True)
    return "|".join(r"[ \t]{0,4}".join(map(re.escape, word)) for word in longest_first)


# Labels of metadata tables that no report begins a line with, when a colon follows.
STRONG_LABELS = _spaced(
    "索引号 信息索引 信息索引号 信息编号 索引码 组配分类 发布机构 发文机关 发文机构 发文单位 公开主体 公开责任部门 公开责任单位"
    " 信息公开责任单位 主题分类 体裁分类 信息分类 信息类别 信息名称 公文种类 服务对象 服务对象分类 生成日期 成文日期 成文时间"
    " 公开日期 公开时间 公开时限 公开方式 公开形式 公开范围 公开程序 公开类别 公开属性 发文日期 发文时间 印发日期 发文字号"
    " 文件编号 文件字号 发布文号 有效性 有效期 时效性 效力状态 是否有效 失效日期 失效时间 废止日期 废止时间 生效日期"
    " 生效时间 施行日期 内容概述 内容概要 浏览次数 浏览量 浏览 阅读次数 阅读量 点击数 点击率 点击次数 点击量 访问次数"
    " 访问量 字体 字体大小 字号 字号大小 字体显示 文字大小 视力保护色 保护视力色 背景色 统一登记号 发布时间 发布日期 发表时间"
    " 录入时间 更新时间 更新日期 上传时间 上传日期 信息来源 文章来源 稿件来源 新闻来源 来源网站 责任编辑 信息审核 信息录入"
    " 录入人 录入员 录入者 发布人 发布者 上传者 上传人 发布单位 发布部门 供稿单位 文档页数 文档大小 文档格式 文档热度"
    " 文档星级 所需积分 下载积分 下载次数 人气 浏览次数："
)
# Labels that a report may use itself; they count at the page's edge only, or behind a strong one.
WEAK_LABELS = _spaced(
    "名称 标题 题名 文号 来源 时间 日期 关键词 关键字 主题词 作者 编辑 供稿 撰稿 审核 审稿 编审 校对 摄影 录入 信息员"
    " 打印 分享 分享到 收藏 阅读 点击 浏览 页数 大小 格式 分类 栏目 所属栏目 类别 类型 推荐度 推荐指数"
)
# Labels that open a line of a table without a colon: 索 引 号 <tab> 003021487/2013.
TABLE_LABELS = _spaced(
    "索引号 信息索引 信息索引号 组配分类 发布机构 发文机关 发文机构 发文单位 主题分类 体裁分类 服务对象 生成日期 成文日期"
    " 公开日期 公开方式 公开形式 公开范围 公开时限 公开责任部门 发文字号 发布日期 有效性 发布文号 信息名称 公文种类 信息分类 信息类别 成文时间"
)
DATE_LABELS = _spaced(
    "生成日期 成文日期 成文时间 公开日期 公开时间 发文日期 发布时间 发布日期 发表时间 录入时间 更新时间 更新日期 上传时间"
    " 上传日期 时间 日期 生效日期 失效日期 施行日期 印发日期 失效时间 生效时间 发文时间"
)
COUNT_LABELS = _spaced(
    "浏览次数 浏览量 浏览 阅读次数 阅读量 点击数 点击率 点击次数 点击量 访问次数 访问量 人气 下载次数"
)
NAME_LABELS = _spaced("名称 标题 题名 信息名称")

# Words that stand alone on a line, or side by side, in menus and tool bars.
TOOL_WORDS = _spaced(
    "下载 打印 打印本页 打印此页 打印文章 全屏 收藏 收藏本页 加大 还原 减小 放大 缩小 大 中 小 大中小 关闭 关闭窗口 关闭本页"
    " 关闭页面 分享 分享到 分享至 分享到微信 微信 微博 新浪微博 腾讯微博 QQ空间 QQ好友 朋友圈 微信好友 复制链接 返回 返回顶部"
    " 返回首页 返回列表 回到顶部 TOP 字体 字号 默认 超大 语音播报 语音阅读 听全文 繁體 繁体 简体 简繁切换 无障碍 无障碍浏览"
    " 无障碍阅读 长者模式 适老模式 关怀版 登录 注册 搜索 站内搜索 设为首页 加入收藏 导出 纠错 我要纠错 页面纠错 点赞 举报"
    " 展开 收起 更多 更多>> 更多> 查看更多 点击查看 保存 复制 转发 评论 意见反馈 立即下载 免费下载 下载文档 在线预览 放大字体"
    " 缩小字体 正文 正文下载 附件下载 相关附件 文字解读 图片解读 相关解读 政策解读 扫一扫 手机版 电脑版 客户端 二维码 分享让更多人看到 我要分享 English EN"
)
SITE_WORDS = _spaced(
    "首页 网站首页 本站首页 主页 政务公开 政府信息公开 信息公开 政务服务 办事服务 互动交流 政民互动 公众参与 新闻中心 新闻动态"
    " 政务动态 政务信息 工作动态 要闻 机构概况 机构职能 机构设置 领导信息 领导之窗 部门动态 政策法规 政策文件 通知公告 公示公告"
    " 规划计划 专题专栏 数据开放 统计数据 网站地图 联系我们 关于我们 法律声明 网站声明"
    " 法定主动公开内容 信息公开目录 政府信息公开指南 政府信息公开制度 政府信息公开年报 依申请公开 当前位置 投资环境 便民服务"
)
